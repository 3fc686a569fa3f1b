/** Schemas of the database's own, of the table `n`: neither the system's nor those of temporary tables. */
export const ownSchemas = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'`;

/** Whether an object belongs to an extension, so that its owner cannot change it. */
export const isOfExtension = (catalogue: string, oid: string) =>
  `EXISTS (SELECT 1 FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
