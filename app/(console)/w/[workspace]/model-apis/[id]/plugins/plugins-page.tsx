'use client'

import { AuthorizationSection } from './authorization-section.tsx'
import { LimitsSection } from './limits/limits-section.tsx'
import { ModerationSection } from './moderation/moderation-section.tsx'

/** What the API does besides routing; each part is saved by itself. */
export function PluginsPage() {
  return (
    <div className="pt-2">
      <AuthorizationSection />
      <ModerationSection />
      <LimitsSection name="rateLimits" />
      <LimitsSection name="quotas" />
    </div>
  )
}
