import { checkForm, diagnosisForm, instanceForm, type Overview, overviewForm, planForm } from './data/answers.js';
import type { Fleet } from './data/fleet-state.js';
import { readCheck, readOverview } from './data/reads.js';
import type { Source, ToolAnswer } from './data/source.js';
import { element } from './element.js';
import type { Words } from './text/words.js';
import { ageText, fleetView } from './views/fleet.js';
import { instanceView } from './views/instance.js';
import { messageView, planView } from './views/plan.js';
import type { View } from './views/view.js';

export interface BoardOptions {
  root: HTMLElement;
  source: Source;
  words: () => Words;
}

export interface Board {
  /** Shows the fleet, which is read first. */
  open(): Promise<void>;
  /** Says that an answer is awaited, to a call with these arguments. */
  wait(input: Readonly<Record<string, unknown>>): void;
  /** Shows the answer of any tool. */
  show(answer: ToolAnswer): void;
  /** Says that no answer comes. */
  stop(): void;
}

/** What is asked again is told as old as it is this often. */
const agingMilliseconds = 10_000;

/** The board: one view at a time in its root. It reads, and never confirms anything. */
export function createBoard({ root, source, words }: BoardOptions): Board {
  let fleet: Fleet | undefined;
  /** The provider that the board is limited to, as the call was that it was opened for. */
  let provider: string | undefined;
  /** Counts what was opened, so that an answer that comes late does not take the place of a newer view. */
  let turn = 0;

  /** The instance that was opened last. */
  let opened: string | undefined;

  const keyed = (key: string | undefined) =>
    [...root.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset['key'] === key);

  /** Whoever uses the keyboard stays where they were when what they read is renewed. */
  function put({ nodes }: View): void {
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
    const { inEnglish } = words();
    root.replaceChildren(...nodes, ...(inEnglish === undefined ? [] : [element('p', { class: 'soft' }, inEnglish)]));
    if (held !== undefined) keyed(held)?.focus({ preventScroll: true });
  }

  const parts = { words, source, openInstance, openFleet };

  function showFleet(): void {
    if (fleet) put(fleetView(fleet, { ...parts, now: Date.now(), renew: () => void (source.canCall() && look(true)) }));
  }

  /** Reads the fleet and then examines it, and shows each as soon as it is there. */
  async function look(fresh: boolean): Promise<void> {
    const mine = ++turn;
    const asked = { ...(provider !== undefined && { provider }), ...(fresh && { fresh }) };
    try {
      const overview = await readOverview(source, asked);
      if (mine !== turn) return;
      fleet = { overview, received: Date.now() };
      showFleet();
      await examine(mine, fleet);
    } catch (error) {
      if (mine !== turn) return;
      if (!fleet) return put(messageView(words().failed, String(error), parts));
      fleet = { ...fleet, fault: String(error) };
      showFleet();
    }
  }

  /** That the instances cannot be examined leaves what is known of them. */
  async function examine(mine: number, seen: Fleet): Promise<void> {
    const examined = await readCheck(source, { ...(provider !== undefined && { provider }) }).then(
      (check) => ({ check }),
      (error: unknown) => ({ fault: String(error) }),
    );
    if (mine !== turn) return;
    fleet = { ...seen, ...examined };
    showFleet();
  }

  function openFleet(): void {
    turn++;
    showFleet();
    keyed(opened)?.focus();
    if (!fleet?.check && source.canCall()) void look(false);
  }

  function openInstance(reference: string): void {
    const mine = ++turn;
    opened = reference;
    if (!source.canCall()) return put(messageView(reference, words().noCalls, parts));
    const view = instanceView(reference, { ...parts, isCurrent: () => mine === turn });
    put(view);
    view.heading.focus();
    window.scrollTo(0, 0);
  }

  /** An answer about the whole fleet is shown at once, and what it lacks is asked for. */
  function adopt(overview: Overview): void {
    fleet = { overview, received: Date.now(), ...(!source.canCall() && { fault: words().noCalls }) };
    showFleet();
    if (source.canCall()) void look(false);
  }

  setInterval(() => {
    const age = root.querySelector('[data-age]');
    if (age && fleet) age.textContent = ageText(fleet, Date.now(), words());
  }, agingMilliseconds);

  return {
    async open() {
      put(messageView(words().fleet, words().asking, undefined));
      await look(false);
    },
    wait(input) {
      turn++;
      provider = typeof input['provider'] === 'string' ? input['provider'] : undefined;
      put(messageView(words().fleet, words().waiting, undefined));
    },
    show(answer) {
      turn++;
      const { data } = answer;
      const plan = planForm.safeParse(data).data;
      if (plan) return put(planView(plan, answer.text, { ...parts, now: Date.now() }));
      const overview = overviewForm.safeParse(data).data;
      if (overview) return adopt(overview);
      if (!source.canCall()) return put(messageView(words().answer, answer.text, undefined));
      if (checkForm.safeParse(data).success) return void this.open();
      const about = instanceForm.safeParse(data).data ?? diagnosisForm.safeParse(data).data;
      if (about) return openInstance(about.instance.reference);
      put(messageView(words().answer, answer.text, parts));
    },
    stop() {
      turn++;
      put(messageView(words().fleet, words().stopped, parts));
    },
  };
}
