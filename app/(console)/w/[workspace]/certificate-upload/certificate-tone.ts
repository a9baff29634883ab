const soonDays = 30
const dangerDays = 7

export function certificateTone(daysLeft: number): 'valid' | 'soon' | 'danger' | 'expired' {
  if (daysLeft < 0) return 'expired'
  if (daysLeft <= dangerDays) return 'danger'
  return daysLeft <= soonDays ? 'soon' : 'valid'
}
