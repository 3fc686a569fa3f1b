import { openSession } from './session.js';
import type { Stage } from './stage.js';

interface Finding {
  severity: string;
  title: string;
  evidence: { field: string; value: string }[];
  meaning: string;
  next?: { tool: string; arguments: Record<string, unknown> };
}

interface Happening {
  time: string;
  provider: string;
  name?: string;
  category: string;
  text: string;
}

const shownEvents = 10;

/** Another night, in which the disk did run full: what somebody on duty asks first, and what the answers are. */
export async function askAfterTheNight(stage: Stage, folder: string): Promise<void> {
  const { call, close } = await openSession(stage, folder, 'storage-full');
  stage.title('Another night, on which the disk did run full. What happened?');
  const { data } = await call('fleet_list_events', { limit: shownEvents });
  const events = data['events'] as Happening[];
  stage.table(
    events.map(({ time, provider, name, category, text }) => ({
      time: time.slice(0, 16).replace('T', ' '),
      cloud: provider,
      about: name,
      category,
      text,
    })),
  );

  stage.title('And what is wrong with analytics?');
  const diagnosis = await call('fleet_diagnose_instance', { instance: 'nhn:2f8d7cea-e0bf-4217-8f7e-5902fc0c0410' });
  for (const { severity, title, evidence, meaning, next } of diagnosis.data['findings'] as Finding[]) {
    stage.say(`  ${severity}: ${title} (${evidence.map(({ field, value }) => `${field} ${value}`).join(', ')})`);
    stage.say(`    ${meaning}`);
    if (next) stage.say(`    next: ${next.tool} ${JSON.stringify(next.arguments)}`);
  }
  await close();
}
