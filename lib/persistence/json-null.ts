import { Prisma } from './generated/sqlite/client.ts'

export type JsonInput = Prisma.InputJsonValue

/** For a nullable JSON column: SQL's null, which comes back as null. */
export function orNull(value: unknown): JsonInput | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : (value as JsonInput)
}

/** For a JSON column: plain data, whose type says more than the database's. */
export function toJson(value: readonly object[] | Readonly<Record<string, unknown>>): JsonInput {
  return value as JsonInput
}
