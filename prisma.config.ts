import { defineConfig } from 'prisma/config';

/** Settings of Prisma's own commands. Only `prisma migrate` connects; generating needs no database. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
