/**
 * What only a demonstration may use. The demo configuration uses these, production refuses them: their
 * badge and PIN are printed in the handbook.
 */
/** SHA-256 of the badge payload `DEMO-BADGE-TECHNICIAN`. */
export const demoTechnicianBadgeHash =
  '496b550f1767db3e2f16e2764f8efde0661dd59e463b58b2c40f3df9b2efd60f'

/** How the identifiers of demo provinces and demo keys begin. */
export const demoPrefix = 'demo-'
