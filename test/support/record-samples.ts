import { storedZip } from './stored-zip.ts'

/** A small regular file of each format of cast vote records, by its id. */
export const recordSamples: Readonly<Record<string, string | Uint8Array>> = {
  'nist-json': `\uFEFF{ "@type": "CVR.CastVoteRecordReport",
  "CVR": [
    { "UniqueId": "1", "CurrentSnapshotId": "s",
      "CVRSnapshot": [ { "@id": "s", "CVRContest": [ { "ContestId": "c", "CVRContestSelection": [
        { "ContestSelectionId": "a", "SelectionPosition": [ { "HasIndication": "yes", "Rank": 1 } ] },
        { "ContestSelectionId": "b", "SelectionPosition": [ { "Rank": 1 }, { "Rank": 3 } ] } ] } ] } ] } ],
  "Election": [ { "Candidate": [ { "@id": "x", "Name": "Ann \\"A\\" Ý" } ],
    "Contest": [ { "@id": "c", "Name": "Bôard", "NumberElected": 2, "ContestSelection": [
      { "@id": "a", "CandidateIds": [ "x" ] }, { "@id": "w", "IsWriteIn": true } ] } ] } ] }
`,
  'nist-xml': `<?xml version="1.0" encoding="UTF-8"?>
<CastVoteRecordReport xmlns="http://itl.nist.gov/ns/voting/1500-103/v1">
  <!-- one record -->
  <CVR><CurrentSnapshotId>s</CurrentSnapshotId><CVRSnapshot ObjectId="s"><CVRContest><ContestId>c</ContestId>
    <CVRContestSelection><ContestSelectionId>a</ContestSelectionId>
      <SelectionPosition><HasIndication>yes</HasIndication><Rank>1</Rank></SelectionPosition>
    </CVRContestSelection></CVRContest></CVRSnapshot></CVR>
  <Election><Candidate ObjectId="x"><Name>Ann &amp; Cý</Name></Candidate>
    <Contest ObjectId="c"><Name><![CDATA[Bôard]]></Name>
      <ContestSelection ObjectId="a"><CandidateIds>x</CandidateIds></ContestSelection></Contest></Election>
</CastVoteRecordReport>
`,
  dominion: `{"Version":"5.10","Sessions":[{"TabulatorId":1,"BatchId":1,"RecordId":1,"Original":{"IsCurrent":true,
"Cards":[{"Contests":[{"Id":1,"OutstackConditionIds":[],"Marks":[{"CandidateId":2,"Rank":1,"IsAmbiguous":false},
{"CandidateId":3,"Rank":2,"IsAmbiguous":false}]}]}]}}]}
`,
  hart: `<?xml version="1.0" encoding="utf-8"?><Cvr xmlns="http://tempuri.org/CVRDesign.xsd"><Contests><Contest>
<Name>Bôard</Name><Id>c</Id><Options><Option><Name>Ann</Name><Id>a</Id><Value>101</Value></Option>
<Option><Name>Ben</Name><Id>b</Id><Value>010</Value></Option></Options></Contest></Contests></Cvr>
`,
  'clear-ballot': `RowNumber,BoxID,BallotID,Choice_1_1:Bôard:1:Vote For 1:Ann:,"Choice_2_1:Bôard:1:Vote For 1:Ben, Cý:",Choice_1_2:Bôard:2:Vote For 1:Ann:
1,b,"x ""1""",1,0,0
2,b,x2,0,1,1
`,
  'aec-senate': `State,Division,Vote Collection Point Name, Vote Collection Point ID, Batch No, Paper No,A:Reds,B:Blues,A:ASH Ann,B:BAY Ben,UG:CÝ C
ACT,Canberra,"Ainslie, North",1,1,1,2,1,
ACT,Canberra,"Ainslie, North",1,1,2,,,3,1,2
`,
  'aec-senate-2016': `ElectorateNm,VoteCollectionPointNm,VoteCollectionPointId,BatchNo,PaperNo,Preferences
------------,---------------------,---------------------,-------,-------,-----------
Canberra,Ainslie,1,1,1,"2,1,,,"
`,
  'ess-csv': `Cast Vote Record,Bôard Choice 1 (4),Bôard Choice 2 (5),Count
1,"Ash, Ann",Ben|Cý,2
2,overvote,undervote,1.5
`,
  'ess-xlsx': storedZip({
    'xl/workbook.xml': '<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<R><Relationship Id="r1" Target="worksheets/s.xml"/></R>',
    'xl/sharedStrings.xml': '<sst><si><t>1st choice</t></si><si><r><t>A</t></r><r><t>nn</t></r></si></sst>',
    'xl/worksheets/s.xml':
      '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>',
  }),
}

/** What lies beside the samples, by name. */
export const recordCompanions: Readonly<Record<string, string>> = {
  'all-candidates.csv': `nom_ty,state_ab,div_nm,ticket,ballot_position,surname,ballot_given_nm
H,ACT,CANBERRA,,1,HALL,Hal
S,ACT,,A,1,ASH,Ann
S,ACT,,B,1,BAY,Ben
S,ACT,,UG,1,CÝ,C
`,
}
