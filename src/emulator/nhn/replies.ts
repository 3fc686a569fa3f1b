/**
 * The documents only name 0, 80401 and 80403, and 7008 was seen at the real service. All other codes are the emulator's
 * own, so that a test can tell the refusals apart. The real service has other codes.
 */
const codes = {
  unauthorized: 80401,
  forbidden: 80403,
  underWay: 7008,
  invalidArgument: 90400,
  notFound: 90404,
  nameTaken: 90409,
  wrongState: 90410,
  protected: 90411,
  inUse: 90412,
} as const;

/** Thrown when a request is refused. It becomes a failure envelope. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

// The two documented messages have only this text.
export const unauthorized = () => new Refusal(codes.unauthorized, 'Unauthorized');
export const forbidden = () => new Refusal(codes.forbidden, 'Forbidden');

export const invalidArgument = (reason: string) => new Refusal(codes.invalidArgument, reason);
export const notFound = (noun: string, id: string) => new Refusal(codes.notFound, `${noun} ${id} does not exist.`);
export const nameTaken = (noun: string, name: string) =>
  new Refusal(codes.nameTaken, `${noun} ${name} exists already.`);
export const wrongState = (reason: string) => new Refusal(codes.wrongState, reason);
/** Another change is under way, and nothing was done. */
export const underWay = (reason: string) => new Refusal(codes.underWay, reason);
export const deletionProtected = (name: string) =>
  new Refusal(codes.protected, `DB instance ${name} cannot be deleted: its deletion protection is on.`);
export const inUse = (noun: string, name: string, users: string[]) =>
  new Refusal(codes.inUse, `${noun} ${name} is in use by ${users.join(', ')}.`);

export const ownsObjects = (user: string, databases: string[]) =>
  new Refusal(codes.inUse, `DB user ${user} cannot be deleted: it owns ${databases.join(', ')}.`);

/** The data is beside the header, at the top level of the answer. */
export const success = (data: object = {}) => ({
  header: { resultCode: 0, resultMessage: 'SUCCESS', isSuccessful: true },
  ...data,
});

export const failure = ({ code, message }: Refusal) => ({
  header: { resultCode: code, resultMessage: message, isSuccessful: false },
});
