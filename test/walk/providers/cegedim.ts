import type { Connection } from '../../support/connect.js';

/** The id of the seeded instance of a name. */
export async function instanceNamed(call: Connection['call'], name: string): Promise<number> {
  const { data } = await call('cegedim_list_resources');
  const found = (data['content'] as { id: number; name: string }[]).find((resource) => resource.name === name);
  if (!found) throw new Error(`The emulator has no instance ${name}.`);
  return found.id;
}

/** What a new instance is made of, in a network that is not public. */
export const fresh = {
  name: 'freshdb001',
  productCode: 'deb12pg16',
  serviceId: 123,
  networkId: 132,
  topology: 'STANDALONE',
  nodeSizing: '2cpu4gb',
  diskSize: 40,
  allowedReplicationLag: 50,
  trigram: 'tri',
  admPassword: 'secret://generate',
  area: 'EB-QA',
};
