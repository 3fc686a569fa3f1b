import type { CallToolRequest, CallToolResult } from '@modelcontextprotocol/client';
import type { McpUiHostCapabilities, McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

/** What the host shows: an App, and the call with whose answer it was opened. */
export interface Shown {
  html: string;
  context: McpUiHostContext;
  capabilities: McpUiHostCapabilities;
  input: Record<string, unknown>;
  result: CallToolResult;
}

declare global {
  interface Window {
    /** The way to the server, which the test has opened. */
    callTool: (params: CallToolRequest['params']) => Promise<CallToolResult>;
    showApp: (shown: Shown) => Promise<void>;
    changeContext: (context: McpUiHostContext) => void;
  }
}

/** As the extension wants it: the App is in a frame without an origin, and all that it has is this bridge. */
window.showApp = async ({ html, context, capabilities, input, result }) => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.style.cssText = 'border: 0; display: block; width: 100%; height: 100vh';
  document.body.replaceChildren(frame);
  const inner = frame.contentWindow;
  if (!inner) throw new Error('There is no frame.');
  const bridge = new AppBridge(null, { name: 'host', version: '1' }, capabilities, { hostContext: context });
  bridge.oncalltool = (params) => window.callTool(params);
  bridge.onsizechange = ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`;
  };
  const opened = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve();
  });
  await bridge.connect(new PostMessageTransport(inner, inner));
  frame.srcdoc = html;
  await opened;
  window.changeContext = (changed) => bridge.setHostContext(changed);
  await bridge.sendToolInput({ arguments: input });
  await bridge.sendToolResult(result);
};
