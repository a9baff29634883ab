import * as z from 'zod'
import { email } from './member.ts'
import { role } from './role.ts'
import { createWorkspaceInput, timeZone } from './workspace.ts'

export const locales = ['en', 'zh-CN'] as const
export const locale = z.enum(locales)
export type Locale = z.infer<typeof locale>

export const password = z.string().min(12, 'At least 12 characters.').max(128, 'At most 128 characters.')

export const preferences = z.object({
  /** Null: what the browser asks for. */
  locale: locale.nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  /** Null: the browser's. */
  timeZone: timeZone.nullable(),
  singleKeyShortcuts: z.boolean(),
})
export type Preferences = z.infer<typeof preferences>

/** `GET /api/v1/session`: who is signed in and where they may go. 401 when nobody is. */
export const session = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    /** Owners of the installation see installation settings and every workspace. */
    installationRole: z.enum(['owner']).nullable(),
    preferences,
  }),
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), displayName: z.string(), role })),
  /** What the server calls itself, for footers and bug reports. */
  version: z.string(),
})
export type Session = z.infer<typeof session>

export const signInInput = z.object({
  email,
  password: z.string().min(1).max(128),
  remember: z.boolean().default(true),
})
export type SignInInput = z.infer<typeof signInInput>

/** The setup link's form: the first owner, and optionally the first workspace. Signs in. */
export const setupInput = z.object({
  token: z.string().min(20).max(200),
  name: z.string().trim().min(1, 'Write your name.').max(64),
  email,
  password,
  workspace: createWorkspaceInput.optional(),
})
export type SetupInput = z.infer<typeof setupInput>

export const updateAccountInput = z.object({
  name: z.string().trim().min(1, 'Write your name.').max(64).optional(),
  preferences: preferences.partial().optional(),
})
export type UpdateAccountInput = z.infer<typeof updateAccountInput>

export const changePasswordInput = z.object({
  currentPassword: z.string().min(1).max(128),
  newPassword: password,
})
export type ChangePasswordInput = z.infer<typeof changePasswordInput>

/** A signed-in browser. */
export const accountSession = z.object({
  id: z.string(),
  current: z.boolean(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type AccountSession = z.infer<typeof accountSession>
