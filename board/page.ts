import { createBoard } from './board.js';
import { answerOf, type Source } from './data/source.js';
import { element } from './element.js';
import { wordsFor } from './text/words.js';

/** The sign-in has ended, or the right to approve is gone. The page itself says which, and what to do. */
const notSignedIn = 403;

/**
 * Starts the board on the page of the HTTP server, which calls the tools for the person who has signed in, and tells
 * the language that was chosen there.
 */
export async function startOnPage(root: HTMLElement): Promise<void> {
  const words = wordsFor(document.documentElement.lang);
  root.before(element('nav', { class: 'page' }, element('a', { href: '../approvals' }, words.approvals)));
  await createBoard({ root, words: () => words, source }).open();
}

const source: Source = {
  canCall: () => true,
  async call(tool, input) {
    const response = await fetch('board/call', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ tool, arguments: input }),
      redirect: 'error',
    });
    if (response.status === notSignedIn) location.reload();
    if (!response.ok) throw new Error(await response.text());
    return answerOf(await response.json());
  },
};
