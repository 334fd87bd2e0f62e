/**
 * What only a demonstration may use. The demo configuration uses these, production refuses them: their
 * badge and PIN are printed in the handbook.
 */
/** SHA-256 of the badge payload `MCB1*DEMO-TECHNICIAN-01`. */
export const demoTechnicianBadgeHash =
  'dc434503cf5108f903c20d0bcda2a0928875fff059257c74a8e2cf6fe5f16b3f'

/** How the identifiers of demo provinces and demo keys begin. */
export const demoPrefix = 'demo-'
