/** How many days an organisation, or one election, keeps who the voters were once it is over; null for no limit. */
export const retention = ['organisation', 'election'].map(
  (table) => `alter table ${table} add column keep_days integer check (keep_days between 0 and 36500)`,
)
