import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DEFINER_ROLE, definerFunction, definerReads, tenantTable } from '#libs/database';

const COLUMNS = `
  ALTER TABLE identity.users DROP CONSTRAINT users_role_check;
  ALTER TABLE identity.users ADD CONSTRAINT users_role_check CHECK (role IN ('owner', 'admin', 'member', 'viewer'));
  ALTER TABLE identity.users ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service'));
  ALTER TABLE identity.organisations ADD COLUMN project_visibility text NOT NULL DEFAULT 'open' CHECK (project_visibility IN ('open', 'restricted'));
  ALTER TABLE identity.projects ADD COLUMN visibility text CHECK (visibility IN ('open', 'restricted'));
  COMMENT ON COLUMN identity.projects.visibility IS 'As the organisation has it where null';
  CREATE INDEX projects_with_visibility ON identity.projects (organisation_id) WHERE visibility IS NOT NULL;`;

const TABLES = `
  CREATE TABLE identity.groups (
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    group_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, group_id),
    UNIQUE (organisation_id, name)
  );
  CREATE TABLE identity.group_members (
    organisation_id uuid NOT NULL,
    group_id uuid NOT NULL,
    user_id uuid NOT NULL,
    PRIMARY KEY (organisation_id, group_id, user_id),
    FOREIGN KEY (organisation_id, group_id) REFERENCES identity.groups ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users ON DELETE CASCADE
  );
  CREATE INDEX group_members_by_user ON identity.group_members (organisation_id, user_id);
  CREATE TABLE identity.grants (
    organisation_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    workspace_id uuid,
    project_id uuid,
    user_id uuid,
    group_id uuid,
    level text NOT NULL CHECK (level IN ('read', 'write', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, grant_id),
    CHECK (num_nonnulls(workspace_id, project_id) = 1 AND num_nonnulls(user_id, group_id) = 1),
    UNIQUE NULLS NOT DISTINCT (organisation_id, user_id, group_id, workspace_id, project_id),
    FOREIGN KEY (organisation_id, workspace_id) REFERENCES identity.workspaces ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, project_id) REFERENCES identity.projects ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, user_id) REFERENCES identity.users ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, group_id) REFERENCES identity.groups ON DELETE CASCADE
  );
  CREATE INDEX grants_by_group ON identity.grants (organisation_id, group_id) WHERE group_id IS NOT NULL;`;

/**
 * What a person may do in which project: a level for those that are not named, and by id those where it is another. Grants raise above
 * the role. Admins have all, which needs no names; the organisation's own project is named only where it is granted (\`levelIn\`).
 */
const ACCESS_OF = `
  CREATE FUNCTION identity.access_of(of_organisation uuid, of_user uuid, of_role text) RETURNS TABLE (unnamed text, named jsonb)
  LANGUAGE sql STABLE SET search_path = '' AS $$
    WITH ranks AS (SELECT ARRAY['none', 'read', 'write', 'admin'] AS levels, CASE of_role WHEN 'viewer' THEN 2 WHEN 'member' THEN 3 ELSE 4 END AS of_open),
    preset AS (
      SELECT o.project_visibility AS visibility, CASE WHEN of_role IN ('owner', 'admin') OR o.project_visibility = 'open' THEN r.of_open ELSE 1 END AS rank
      FROM identity.organisations o, ranks r WHERE o.organisation_id = of_organisation),
    granted AS (
      SELECT p.project_id, max(array_position(r.levels, g.level)) AS rank
      FROM ranks r, identity.grants g JOIN identity.projects p ON p.organisation_id = of_organisation AND (p.project_id = g.project_id OR p.workspace_id = g.workspace_id)
      WHERE g.organisation_id = of_organisation AND of_role IN ('member', 'viewer') AND (g.user_id = of_user OR g.group_id IN (
        SELECT m.group_id FROM identity.group_members m WHERE m.organisation_id = of_organisation AND m.user_id = of_user))
      GROUP BY p.project_id),
    ranked AS (
      SELECT p.project_id, greatest(g.rank, CASE
        WHEN p.project_id = of_organisation THEN 2 WHEN coalesce(p.visibility, preset.visibility) = 'open' THEN r.of_open ELSE 1 END) AS rank
      FROM ranks r, preset, identity.projects p LEFT JOIN granted g USING (project_id)
      WHERE p.organisation_id = of_organisation AND of_role IN ('member', 'viewer') AND (g.rank IS NOT NULL OR p.visibility <> preset.visibility))
    SELECT r.levels[preset.rank], coalesce((SELECT jsonb_object_agg(ranked.project_id, r.levels[ranked.rank]) FROM ranked WHERE ranked.rank <> preset.rank), '{}')
    FROM ranks r, preset $$;
  REVOKE ALL ON FUNCTION identity.access_of(uuid, uuid, text) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION identity.access_of(uuid, uuid, text) TO ${DEFINER_ROLE};`;

/** Who a credential's user is and what they may, for every kind of credential; nobody, once they are disabled. */
const FIND_CALLER = `
  CREATE FUNCTION identity.find_caller(of_organisation uuid, of_user uuid)
  RETURNS TABLE (organisation_id uuid, organisation text, user_id uuid, name text, email text, kind text, role text, is_operator boolean, unnamed text, named jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT u.organisation_id, o.name, u.user_id, u.name, u.email, u.kind, u.role, u.is_operator, a.unnamed, a.named
    FROM identity.users u JOIN identity.organisations o USING (organisation_id) CROSS JOIN LATERAL identity.access_of(u.organisation_id, u.user_id, u.role) a
    WHERE u.organisation_id = of_organisation AND u.user_id = of_user AND u.disabled_at IS NULL $$;
  DROP FUNCTION identity.find_token(bytea);
  CREATE FUNCTION identity.find_token(token_hash bytea)
  RETURNS TABLE (organisation_id uuid, organisation text, user_id uuid, name text, email text, kind text, role text, is_operator boolean, unnamed text, named jsonb,
    token_id uuid, expires_at timestamptz, is_read_only boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT c.*, t.token_id, t.expires_at, t.is_read_only
    FROM identity.tokens t CROSS JOIN LATERAL identity.find_caller(t.organisation_id, t.user_id) c
    WHERE t.hash = token_hash AND t.revoked_at IS NULL $$;`;

export class Access1764100100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(TABLES);
    for (const table of ['groups', 'group_members', 'grants']) await runner.query(tenantTable(`identity.${table}`));
    for (const table of ['projects', 'group_members', 'grants']) await runner.query(definerReads(`identity.${table}`));
    await runner.query(ACCESS_OF);
    await runner.query(FIND_CALLER);
    for (const signature of ['find_caller(uuid, uuid)', 'find_token(bytea)']) await runner.query(definerFunction(`identity.${signature}`));
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup instead.');
  }
}
