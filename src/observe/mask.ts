import { redact } from '../values/redact.js';

/** A header with credentials, an access token of pgfleet, and a password inside an address. */
const credentials: [RegExp, string][] = [
  [/\b(Bearer|Basic)(?:\s|%20)+(?:(?:Bearer|Basic)(?:\s|%20)+)*[\w.~+/=-]+/gi, '$1 ***'],
  [/\bpgf_[\w-]+/g, '***'],
  [/\/\/[^/\s:@]*:[^/\s@]+@/g, '//***@'],
];

/** Removes known secrets, and everything that looks like a credential, from a text. */
export function mask(secrets: readonly string[]): (text: string) => string {
  const known = redact(secrets);
  return (given) => {
    const text = known.text(given);
    if (!suspicious.test(text)) return text;
    return credentials.reduce(
      (left, [pattern, instead]) => left.replace(pattern, instead),
      text.replace(/[\w.-]+/g, withoutJwt),
    );
  };
}

/** Everything that the rules below search for contains one of these. Most texts have none, so they are done quickly. */
const suspicious = /bearer|basic|pgf_|@|eyJ/i;

/** A signed or encrypted token: three or five parts between dots, of which the first is JSON in base64. */
function withoutJwt(run: string): string {
  const start = run.indexOf('eyJ');
  return start !== -1 && run.slice(start).split('.').length >= 3 ? `${run.slice(0, start)}***` : run;
}

/** Texts are only cut after masking, because half a secret would not be recognised. */
export const bounded = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text;

export const longestMessage = 8_000;
export const longestFact = 500;
