export interface Reply {
  status: 200 | 202;
  body: unknown;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const accepted = (body: unknown): Reply => ({ status: 202, body });

/** Thrown when a request is refused. `message` is not sent, and an answer without a body is empty. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 422,
    message: string,
    readonly body?: object,
  ) {
    super(message);
  }
}

/** The only documented error body. It names the field, and gives no reason. */
export function invalidField(field: string): Refusal {
  const errorMessage = `Error on field '${field}'`;
  const body = { status: 'BAD_REQUEST', errorCode: 'INVALID_FIELD_VALUE', errorDesc: field, errorMessage };
  return new Refusal(400, errorMessage, body);
}

export const unauthorized = () => new Refusal(401, 'no token, an unknown one, or an expired one');
export const forbidden = () => new Refusal(403, 'this client may only read');
export const notFound = (what: string) => new Refusal(404, `${what} does not exist`);
export const conflict = (reason: string) => new Refusal(409, reason);
/** A conflict with the state of an instance names the state. Its body has the documented form of a 400. */
export function wrongState({ name, status }: { name: string; status: string }): Refusal {
  const errorMessage = `${name} is ${status}`;
  return new Refusal(409, errorMessage, { status: 'CONFLICT', errorCode: 'CONFLICT', errorDesc: status, errorMessage });
}

export const inconsistent = (reason: string) => new Refusal(422, reason);
