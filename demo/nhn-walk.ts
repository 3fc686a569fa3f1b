import asciichart from 'asciichart';
import type { Session } from './session.js';
import type { Stage } from './stage.js';

interface Instance {
  dbInstanceId: string;
  dbInstanceName: string;
  dbInstanceType: string;
  dbInstanceStatus: string;
  dbVersion: string;
}

interface Series {
  summary: { count: number; min: number; max: number; last: number };
  values: [number, string][];
}

const days = 3;

/**
 * One provider, from looking to changing: the full disk is made larger, and something is deleted, once it is certain.
 */
export async function walkNhn(stage: Stage, { call, answerNext }: Session): Promise<void> {
  stage.title('What is in the fleet?');
  const instances = (await call('nhn_list_db_instances')).data['dbInstances'] as Instance[];
  stage.table(
    instances.map(({ dbInstanceName, dbInstanceType, dbInstanceStatus, dbVersion }) => ({
      name: dbInstanceName,
      type: dbInstanceType,
      status: dbInstanceStatus,
      version: dbVersion,
    })),
  );
  const named = (name: string) => instances.find((instance) => instance.dbInstanceName === name)?.dbInstanceId;
  const full = named('analytics');
  const spare = named('staging');

  stage.title('The disk of analytics: used, in percent, over the last three days');
  const to = new Date();
  const from = new Date(to.getTime() - days * 86_400_000);
  const range = { from: from.toISOString(), to: to.toISOString() };
  const metrics = await call('nhn_get_metric_statistics', {
    dbInstanceId: full,
    metricNames: ['STORAGE_USAGE'],
    ...range,
  });
  const [series] = metrics.data['metricStatistics'] as Series[];
  if (series) {
    const values = series.values.map(([, value]) => Number(value));
    stage.say(asciichart.plot(values, { height: 8 }));
    const { count, min, last } = series.summary;
    stage.say(
      `  ${count} measurements, from ${min} to ${last} percent: ${((last - min) / days).toFixed(1)} points a day.`,
    );
  }

  stage.title('Make it larger. The server asks first, since the instance restarts.');
  answerNext('y');
  const grown = await call('nhn_modify_storage_info', { dbInstanceId: full, storageSize: 400 });
  stage.say(`  ${firstLine(grown.text)}`);
  const { job } = (grown.data['pgfleet'] ?? {}) as { job?: string };
  if (job) stage.say(`  ${firstLine((await call('wait_for_job', { job })).text)}`);
  stage.say(
    `  Size now: ${String((await call('nhn_get_storage_info', { dbInstanceId: full })).data['storageSize'])} GB`,
  );

  stage.title('Delete staging. First the person says no …');
  answerNext('n');
  stage.say(`  ${(await call('nhn_delete_db_instance', { dbInstanceId: spare })).text}`);

  stage.title('… then yes, by typing its name.');
  answerNext('y');
  const deleted = await call('nhn_delete_db_instance', { dbInstanceId: spare });
  stage.say(`  ${firstLine(deleted.text)}`);
  const gone = (deleted.data['pgfleet'] ?? {}) as { job?: string };
  if (gone.job) stage.say(`  ${firstLine((await call('wait_for_job', { job: gone.job })).text)}`);
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
