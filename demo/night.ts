import { openSession } from './session.js';
import type { Stage } from './stage.js';

/** What is wrong, once for all instances that have it. */
interface Finding {
  severity: string;
  title: string;
  instances: { instance: string; evidence: string; next?: { tool: string; arguments: Record<string, unknown> } }[];
}

interface Happening {
  time: string;
  instance?: string;
  account?: string;
  category: string;
  text?: string;
}

const shownEvents = 10;

/** Another night, in which the disk did run full: what somebody on duty asks first, and what the answers are. */
export async function askAfterTheNight(stage: Stage, folder: string): Promise<void> {
  const { call, close } = await openSession(stage, folder, 'storage-full');
  stage.title('Another night, on which the disk did run full. What happened?');
  const { data } = await call('fleet_list_events', { limit: shownEvents });
  const events = data['events'] as Happening[];
  stage.table(
    events.map(({ time, instance, account, category, text }) => ({
      time: time.slice(0, 16).replace('T', ' '),
      about: instance ?? account,
      category,
      text,
    })),
  );

  stage.title('And what is wrong with analytics?');
  const diagnosis = await call('fleet_diagnose_instance', { instance: 'nhn:2f8d7cea-e0bf-4217-8f7e-5902fc0c0410' });
  for (const { severity, title, instances } of diagnosis.data['findings'] as Finding[]) {
    stage.say(`  ${severity}: ${title}`);
    for (const { instance, evidence, next } of instances) {
      stage.say(`    ${instance}: ${evidence}`);
      if (next) stage.say(`    next: ${next.tool} ${JSON.stringify(next.arguments)}`);
    }
  }
  await close();
}
