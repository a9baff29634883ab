import { PrismaPg } from '@prisma/adapter-pg'

/** `?schema=` chooses the schema, as Prisma's own addresses do. */
export function createPostgresqlAdapter(url: string): PrismaPg {
  const schema = new URL(url).searchParams.get('schema')
  return new PrismaPg(
    {
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: 5000,
      // Plain SQL and migrations follow the search path, not Prisma's option. Poolers refuse it, so only on demand.
      ...(schema !== null && { options: `-c search_path="${schema}"` }),
    },
    { schema: schema ?? 'public', onPoolError: ignore, onConnectionError: ignore },
  )
}

/** An idle connection that breaks is replaced by the pool; the next query says so if it cannot be. */
function ignore(): void {}
