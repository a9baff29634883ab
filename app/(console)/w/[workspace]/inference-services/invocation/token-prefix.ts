/** What every service token begins with; scanners find leaks by it. */
export const tokenPrefix = 'ek_live_'
