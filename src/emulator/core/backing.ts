/** What a real server behind an instance has to be like, as its account has the instance now. */
export interface WantedServer {
  id: string;
  name: string;
  isPrimary: boolean;
  /** Those with the same group replicate from its primary. */
  groupId: string;
  isUp: boolean;
  /** How many times its engine went down. */
  downs: number;
  settings: Readonly<Record<string, string>>;
  /** The names of settings whose change waits to be applied. A server that runs keeps its values. */
  waiting: readonly string[];
  databases: readonly WantedDatabase[];
  logins: readonly WantedLogin[];
  extensions: readonly { name: string; database: string; schema: string }[];
}

export interface WantedDatabase {
  id: string;
  name: string;
  owner?: string;
  schemas: readonly string[];
}

export interface WantedLogin {
  id: string;
  name: string;
  /** Left out for those that exist from the start. */
  password?: string;
  /** Whether it may change definitions, and not only data. */
  mayDefine: boolean;
}

/** An account with instances that can have real servers behind them. */
export interface BackedAccount {
  name: string;
  wanted: () => readonly WantedServer[];
  /** Makes the account tell this address for an instance. */
  place: (id: string, address: { host: string; port: number }) => void;
}

/** Puts real servers behind instances. */
export interface Backing {
  adopt: (account: BackedAccount) => void;
}
