/** Which trustees take part through the server, and what was last refused of each. */
export const trusteeInvitations: readonly string[] = [
  `create table trustee_invitation (
    election_id integer not null references election (id) on delete cascade,
    name text not null check (length(name) > 0),
    -- SHA-256 of the secret, which is in the trustee's file and nowhere else
    hash blob not null unique check (length(hash) = 32),
    created_at text not null,
    -- until something of the trustee is taken
    refused_at text,
    refused_reason text,
    primary key (election_id, name),
    check ((refused_at is null) = (refused_reason is null))
  ) strict`,
]
