/** How an answer is made readable. A declaration says where, and the engine knows how. */
export type Presentation =
  /** Series of measured values are summed up and reduced to a number of points. */
  | { kind: 'series'; at: string; values: string; interval: string }
  /** Of texts in several languages only one is kept, under the field's name without its list. */
  | { kind: 'languages'; at: string; texts: string; code: string; text: string; as: string };
