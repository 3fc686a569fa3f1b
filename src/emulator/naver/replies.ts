import type { ContentfulStatusCode } from 'hono/utils/http-status';

/**
 * Of the service's own codes, only 5001017 is documented. The others are the emulator's, so that a test can tell the
 * refusals apart. The real service has other codes.
 */
const codes = {
  noInstance: '5001017',
  invalidParameter: '9900400',
  notFound: '9900404',
  nameTaken: '9900409',
  wrongState: '9900410',
} as const;

/** Thrown when the service refuses a request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly returnCode: string,
    message: string,
  ) {
    super(message);
  }
}

export const noInstance = (no: string) =>
  new Refusal(codes.noInstance, `Cloud DB for PostgreSQL instance ${no} does not exist or is deleted.`);
export const invalidParameter = (reason: string) => new Refusal(codes.invalidParameter, reason);
export const notFound = (noun: string, name: string) => new Refusal(codes.notFound, `${noun} ${name} does not exist.`);
export const nameTaken = (noun: string, name: string) =>
  new Refusal(codes.nameTaken, `A ${noun} named ${name} exists already.`);
export const wrongState = (reason: string) => new Refusal(codes.wrongState, reason);

/** The gateway's own answers, with its documented codes. */
const gatewayAnswers = {
  badRequest: { status: 400, errorCode: '100', message: 'Bad Request Exception' },
  unauthenticated: { status: 401, errorCode: '200', message: 'Authentication Failed' },
  forbidden: { status: 401, errorCode: '210', message: 'Permission Denied' },
} as const satisfies Record<string, { status: ContentfulStatusCode; errorCode: string; message: string }>;

/** Thrown when the gateway refuses a request before the service receives it. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
  readonly status: ContentfulStatusCode;
  readonly body: object;

  constructor(answer: keyof typeof gatewayAnswers, details: string) {
    super(details);
    const { status, errorCode, message } = gatewayAnswers[answer];
    this.status = status;
    this.body = { error: { errorCode, message, details } };
  }
}

export const success = (operation: string, requestId: string, data: object) => ({
  [`${operation}Response`]: { requestId, returnCode: '0', returnMessage: 'success', ...data },
});

/** Every refusal of the service is HTTP 400 here, because no other status is documented. */
export const failure = ({ returnCode, message }: Refusal) => ({
  responseError: { returnCode, returnMessage: message },
});

/** The answer as XML. A list element is named after its list: `productList` holds `product`. */
export const toXml = (answer: object): string => `<?xml version="1.0" encoding="UTF-8"?>\n${elements(answer)}\n`;

const elements = (value: object): string =>
  Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => element(name, inner))
    .join('');

const element = (name: string, value: unknown): string => `<${name}>${content(name, value)}</${name}>`;

function content(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element(name.replace(/List$/, ''), item)).join('');
  if (typeof value === 'object' && value !== null) return elements(value);
  return String(value).replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
