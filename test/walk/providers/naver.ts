import type { Connection } from '../../support/connect.js';

export interface Instance {
  cloudPostgresqlInstanceNo: string;
  cloudPostgresqlServiceName: string;
  cloudPostgresqlInstanceStatusName: string;
  cloudPostgresqlServerInstanceList: { cloudPostgresqlServerInstanceNo: string; cloudPostgresqlServerName: string }[];
}

/** The seeded instance of a name. */
export async function instanceNamed(call: Connection['call'], name: string): Promise<Instance> {
  const { data } = await call('naver_list_instances', { cloudPostgresqlServiceName: name });
  const [found] = data['cloudPostgresqlInstanceList'] as Instance[];
  if (!found) throw new Error(`The emulator has no instance ${name}.`);
  return found;
}

/** The number of the server of a name. */
export function serverNamed({ cloudPostgresqlServerInstanceList: servers }: Instance, name: string): string {
  const found = servers.find(({ cloudPostgresqlServerName }) => cloudPostgresqlServerName === name);
  if (!found) throw new Error(`The emulator has no server ${name}.`);
  return found.cloudPostgresqlServerInstanceNo;
}
