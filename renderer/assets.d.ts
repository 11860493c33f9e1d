// Style sheets that vite bundles; only their effect is imported.
declare module '*.css';
