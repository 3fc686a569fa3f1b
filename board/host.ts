import {
  App,
  applyDocumentTheme,
  applyHostStyleVariables,
  type McpUiHostContext,
} from '@modelcontextprotocol/ext-apps';
import { createBoard } from './board.js';
import { answerOf } from './data/source.js';
import { wordsFor } from './text/words.js';

/** Starts the board as an MCP App: it shows the answer that it was opened for, and asks on through its host. */
export async function startInHost(root: HTMLElement): Promise<void> {
  const app = new App({ name: 'pgfleet-board', title: 'pgfleet', version: '1' }, {});
  // The fonts of a host would have to be loaded, which the content policy does not allow.
  const adopt = ({ theme, styles }: McpUiHostContext) => {
    if (theme) applyDocumentTheme(theme);
    if (styles?.variables) applyHostStyleVariables(styles.variables);
  };
  const board = createBoard({
    root,
    words: () => wordsFor(app.getHostContext()?.locale ?? navigator.language),
    source: {
      canCall: () => app.getHostCapabilities()?.serverTools !== undefined,
      call: async (tool, input) => answerOf(await app.callServerTool({ name: tool, arguments: { ...input } })),
    },
  });
  app.ontoolinput = ({ arguments: input = {} }) => board.wait(input);
  app.ontoolresult = (result) => board.show(answerOf(result));
  app.ontoolcancelled = () => board.stop();
  app.onhostcontextchanged = adopt;
  await app.connect();
  adopt(app.getHostContext() ?? {});
}
