import type { NamedProxy, Proxies } from '../providers/wire/proxies.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the usual variables of proxies. The spelling in lower case wins, as elsewhere. An empty one is no proxy. */
export function readProxies(env: Environment, faults: string[]): Proxies {
  return {
    https: proxyIn(env, 'HTTPS_PROXY', faults),
    http: proxyIn(env, 'HTTP_PROXY', faults),
    exceptions: env[spelled(env, 'NO_PROXY')]?.trim() ?? '',
  };
}

const spelled = (env: Environment, name: string): string =>
  env[name.toLowerCase()] === undefined ? name : name.toLowerCase();

function proxyIn(env: Environment, name: string, faults: string[]): NamedProxy | undefined {
  const variable = spelled(env, name);
  const text = env[variable]?.trim() ?? '';
  if (text === '') return undefined;
  // Many programs accept the address of a proxy without a scheme.
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { url, variable };
  // The value is not shown, because it may hold a password.
  faults.push(`The environment variable ${variable} is no proxy: write it as in http://proxy.example.com:3128.`);
  return undefined;
}

/** The passwords of proxies, as they are written and as they are meant. */
export const secretsOfProxies = ({ https, http }: Proxies): string[] =>
  [https, http].flatMap((proxy) => {
    const { password } = new URL(proxy?.url ?? 'http://none');
    return password === '' ? [] : [password, decoded(password)];
  });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
