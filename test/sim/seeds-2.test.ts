import { playSeeds } from './play-seeds.ts';

playSeeds(501, 500);
