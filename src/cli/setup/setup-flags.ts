/** What the command line says, with the options of serving that hold for every command. */
export interface SetupFlags {
  client?: string;
  provider?: string;
  account?: string;
  key?: string[];
  setting?: string[];
  keep?: 'file' | 'keychain';
  check: boolean;
  print?: boolean;
  yes?: boolean;
  force?: boolean;
  sandbox?: string;
  config?: string;
  profile?: string;
  readOnly?: boolean;
  confirm?: string;
  policy?: string;
  lang?: string;
}
