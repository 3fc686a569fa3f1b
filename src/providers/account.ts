import type { ConfirmMode } from '../define/confirm-mode.js';
import type { ProviderName, ProviderSettings } from './settings.js';

/**
 * A provider with its credentials, endpoint and options, under a name. The one that environment variables configure
 * bears the name of its provider.
 */
export interface Account {
  name: string;
  provider: ProviderName;
  settings: ProviderSettings;
  /** What people call it. */
  label?: string;
  /** Nothing is changed in it. */
  readOnly?: boolean;
  /** How guarded calls are confirmed in it, where that is stricter than elsewhere. */
  confirm?: ConfirmMode;
  /** The only tools that it takes, by profile words. */
  profile?: readonly string[];
  /** It is emulated in this process. */
  isSandbox?: boolean;
}
