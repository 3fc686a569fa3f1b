import { Option } from 'commander';

/** Options that choose the fleet of the sandbox. */
export const sandboxOptions = () => [
  new Option(
    '--scenario <name>',
    'story that the sandbox tells: normal, storage-full, failover, replication-delay, region-down, quiet',
  ),
  new Option('--sandbox-postgres', 'the sandbox with real PostgreSQL behind instances of NHN Cloud'),
  new Option('--sandbox-speed <factor>', 'how many times as fast work in the sandbox goes'),
  new Option('--fault <fault...>', 'fault of the sandbox, e.g. "GET /v1.0/db-instances=status:503*2"'),
];
