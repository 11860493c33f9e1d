export { defaultsOf, fieldOf, linksTo, linkValue, referringFields, type Link } from '#shared/model/links.ts';
