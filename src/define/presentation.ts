/** How an answer is made fit to be read; the engine knows how, a declaration says where. */
export type Presentation =
  /** Series of measured values: summed up, and thinned to a number of points. */
  | { kind: 'series'; at: string; values: string; interval: string }
  /** Texts in several languages: only one is kept, under the field's name without its list. */
  | { kind: 'languages'; at: string; texts: string; code: string; text: string; as: string };
