declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      /** The quantile of Student's t with so many degrees of freedom. */
      inv(probability: number, degrees: number): number
    }
  }
  export default jStat
}
