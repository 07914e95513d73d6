/** The module, packed with gzip and written in base64 by the build. */
declare module "wuzhang.wasm.gz" {
  const text: string;
  export default text;
}
