import { recordSamples } from './record-samples.ts'

/** A small regular file of each format, by its id; every format has one, for the suites that run over all. */
export const ballotSamples: Readonly<Record<string, string | Uint8Array>> = {
  blt: `\uFEFF4 2 # four options
-3
[nick ann ben cy dé]
[tie 4 3 2 1]
12 1 2 4 0
3.5 ann=cy - dé 0 1 2 0
2 0
0
"Ann ""A"" Ash"
"Ben"
"Cý"
"Dé"
"Bôard"
`,
  cef: `# a comment
#/Candidates: Ann ; Ben ; Cý
#/Number of Seats: 2
#/Weight Allowed: true

tag one, two || Ann > Ben = Cý ^2 * 30
Cý # first choice only
/EMPTY_RANKING/ * 4
`,
  preflib: `# FILE NAME: 00001-00000001.toi
# TITLE: Bôard
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 19
# ALTERNATIVE NAME 1: Ann
# ALTERNATIVE NAME 2: Ben
# ALTERNATIVE NAME 3: Cý
# ALTERNATIVE NAME 4: Dé
12: 1,2,{3,4}
7: {2,1}
`,
  'stv-pm': `title=Bôard
method=BC
seats=2
candidate=a Ann Ash
candidate=b Ben
candidate=c Cý
ballots=3
31X a b c
30X b a
c
end
`,
  debian: `  Tally Sheet for the votes cast.
     Option 1-------->: Ann
   /  Option 2------->: Ben
   |/  Option 3------>: Cý
   ||/
V: 213 \t\tc2bba9ab3bf52939456f6126ebd8647b
V: -1- \t\tccb23c5ca54a43efc6aac12a1020781d
V: 11- \t\te06b6de3c277c43d6c24b4e00f3e098f
`,
  pabulib: `META
key;value
description;Parks in Łódź
num_votes;3
vote_type;cumulative
PROJECTS
project_id;cost;name
P1;100;"A; playground"
P2;200;Trees
VOTES
voter_id;age;vote;points
1;30;P1,P2;3,2
2;31;P2;5
3;32;;
`,
  nameq: `Ann=1&Ben+Bay=2&C%C3%BD=3
Ben+Bay=1&Ann=1
C%C3%BD=2&Ann=1
`,
  'scottish-dat': `1 North & Wést
3 2 3
Ann ASH,Ind,0
Ben BAY,Lab,1
Cý COE,Con,0
35 1 0
12 2 1 3 0
1 3 2 0
0
`,
  abif: `{"title": "Bôard"}
# a comment
=A:[Ann (the # first)]
="B":[Ben]
27:A/5 > B/3=[Cý Coe]/3 # more
 3 * B>A
10:
`,
  'abif-scores': `27:A/5,B/2,[Cý Coe]/0
3:B/4>A/1
`,
  'csv-ranks': `id,weight,rank10,rank2,rank1
1,3,Cý,Ben,"Ann ""A"" Ash"
2,1,,,Ben
3,0.5,Cý,,Ben
`,
  'csv-options': `voter;Ann;Ben;Cý
a;1;2;3
b;;1;1
c;3;;1
`,
  'csv-scores': `Ann\tBen\tCý
5\t0\t2
\t3\t
0\t0\t5
`,
  'csv-choices': `id,choice
1,Ann
2,"Ben, B."
3,Ann
4,
`,
  csv: `sep=;
voter;Ann;Ben;Cý
a;5;0;2
b;;4;4
`,
  ...recordSamples,
}
