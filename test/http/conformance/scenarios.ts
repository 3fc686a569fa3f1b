export type Era = '2025-11-25' | '2026-07-28' | 'extension';
export interface Scenario { name: string; eras: readonly Era[]; on: string }
