/** That of package.json, for whoever debugs a file that this program wrote. */
export const version = '0.1.0'
