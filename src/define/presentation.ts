/** How an answer is made readable. A declaration says where, and the engine knows how. */
export type Presentation =
  /** Series of measured values are summed up and reduced to a number of points. */
  | { kind: 'series'; at: string; values: string; interval: string }
  /** Of texts in several languages only one is kept, under the field's name without its list. */
  | { kind: 'languages'; at: string; texts: string; code: string; text: string; as: string };

/** The address of the board as an MCP App. */
export const boardUri = 'ui://pgfleet/board';

/** What a host of MCP Apps wants to know of a tool. */
export interface ToolUi {
  /** What the host shows beside an answer of the tool. */
  resourceUri?: typeof boardUri;
  /** Who may call it: the App too when left out. */
  visibility?: readonly ['model'];
}

/** The board shows the answers of the tool. */
export const shownOnBoard: ToolUi = { resourceUri: boardUri };

/** No App may call it: what is clicked there is no yes. */
export const forModelAlone: ToolUi = { visibility: ['model'] };

/** All that the board calls. None of these tools changes anything. */
export const boardTools = [
  'fleet_overview',
  'fleet_check',
  'fleet_get_instance',
  'fleet_diagnose_instance',
  'fleet_get_metrics',
  'fleet_list_events',
] as const;
export type BoardTool = (typeof boardTools)[number];
