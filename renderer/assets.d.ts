// Style sheets that vite bundles. A module's names are ours; a name that is not in the sheet is undefined.
declare module '*.module.css' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.css';
