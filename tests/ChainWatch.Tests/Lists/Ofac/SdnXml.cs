
namespace ChainWatch.Tests.Lists.Ofac;

/// <summary>
/// Small SDN files in OFAC's three XML forms, in the namespaces used before and since 2024. The parties, uids, addresses,
/// dates and programs are facts of the SDN List; the ids of features and the like are made up where not known.
/// </summary>
internal static class SdnXml
{
    public const string Ronin = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    public const string Shared = "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c";
    public const string Suex = "1295rkVyNfFpqZpXvKGhDqwhP1jZcNNDMV";

    public const string AdvancedNew = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML";
    public const string AdvancedOld = "http://www.un.org/sanctions/1.0";
    public const string ClassicNew = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML";
    public const string ClassicOld = "http://tempuri.org/sdnList.xsd";
    public const string EnhancedNew = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML";
    public const string EnhancedOld = "https://www.treasury.gov/ofac/ENHANCED_XML";

    /// <summary>SDN_ADVANCED.XML with three parties, one without addresses; the feature type ids of ETH, ARB, BSC and XBT can be chosen.</summary>
    public static string Advanced(string ns = AdvancedNew, string eth = "345", string arb = "1007", string bsc = "1008", string xbt = "344", string more = "", string moreTypes = "") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Sanctions xmlns="{ns}" Version="3">
          <DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>7</Month><Day>30</Day></DateOfIssue>
          {ReferenceValues(eth, arb, bsc, xbt, moreTypes)}
          <Locations><Location ID="25"><LocationCountry CountryID="11080" /></Location></Locations>
          <IDRegDocuments />
          <DistinctParties>
            {AdvancedParty("36", "3", "<NamePartValue>AEROCARIBBEAN AIRLINES</NamePartValue>", "", other: "<Feature ID=\"1\" FeatureTypeID=\"104\"><FeatureVersion ID=\"1\"><VersionDetail DetailTypeID=\"1432\">not an address</VersionDetail></FeatureVersion></Feature>")}
            {AdvancedParty("27307", "3", "<NamePartValue>Lazarus Group</NamePartValue>", Feature(eth, Ronin))}
            {AdvancedParty("42498", "4", "<NamePartValue>Sim</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Hyon Sop</NamePartValue>", Feature(arb, Shared) + Feature(bsc, Shared) + Feature(eth, Shared))}
            {AdvancedParty("33151", "3", "<NamePartValue>SUEX OTC, S.R.O.</NamePartValue>", Feature(xbt, Suex) + more)}
          </DistinctParties>
          <ProfileRelationships />
          <SanctionsEntries>
            {Entry("36", 1986, 12, 10, "CUBA")}
            {Entry("27307", 2019, 9, 13, "DPRK3")}
            {Entry("42498", 2023, 4, 24, "NPWMD")}
            {Entry("33151", 2021, 9, 21, "CYBER2")}
          </SanctionsEntries>
          <SanctionsEntryLinks />
        </Sanctions>
        """;

    public static string ReferenceValues(string eth = "345", string arb = "1007", string bsc = "1008", string xbt = "344", string moreTypes = "") => $"""
        <ReferenceValueSets>
          <DocNameStatusValues><DocNameStatus ID="1">Primary Latin</DocNameStatus><DocNameStatus ID="2">Other</DocNameStatus></DocNameStatusValues>
          <FeatureTypeValues>
            <FeatureType ID="104" FeatureTypeGroupID="1">Additional Information</FeatureType>
            <FeatureType ID="{xbt}" FeatureTypeGroupID="1">Digital Currency Address - XBT</FeatureType>
            <FeatureType ID="{eth}" FeatureTypeGroupID="1">Digital Currency Address - ETH</FeatureType>
            <FeatureType ID="{arb}" FeatureTypeGroupID="1">Digital Currency Address - ARB</FeatureType>
            <FeatureType ID="{bsc}" FeatureTypeGroupID="1">Digital Currency Address - BSC</FeatureType>
            {moreTypes}
          </FeatureTypeValues>
          <ListValues><List ID="1550">SDN List</List><List ID="91507">Consolidated List</List></ListValues>
          <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
          <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType></PartyTypeValues>
          <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType></SanctionsTypeValues>
        </ReferenceValueSets>
        """;

    public static string AdvancedParty(string uid, string subType, string nameParts, string features, string other = "") => $"""
        <DistinctParty FixedRef="{uid}">
          <Comment />
          <Profile ID="{uid}" PartySubTypeID="{subType}">
            <Identity ID="1{uid}" FixedRef="{uid}" Primary="true" False="false">
              <Alias FixedRef="{uid}" AliasTypeID="1400" Primary="false" LowQuality="false">
                <DocumentedName ID="2{uid}" FixedRef="{uid}" DocNameStatusID="2"><DocumentedNamePart><NamePartValue>Another Name</NamePartValue></DocumentedNamePart></DocumentedName>
              </Alias>
              <Alias FixedRef="{uid}" AliasTypeID="1403" Primary="true" LowQuality="false">
                <DocumentedName ID="3{uid}" FixedRef="{uid}" DocNameStatusID="1"><DocumentedNamePart>{nameParts}</DocumentedNamePart></DocumentedName>
              </Alias>
            </Identity>
            {other}
            {features}
          </Profile>
        </DistinctParty>
        """;

    public static string Feature(string typeId, string address) => $"""
        <Feature ID="50215" FeatureTypeID="{typeId}">
          <FeatureVersion ID="47914" ReliabilityID="1560">
            <Comment />
            <VersionDetail DetailTypeID="1432">{address}</VersionDetail>
          </FeatureVersion>
          <IdentityReference IdentityID="19011" IdentityFeatureLinkTypeID="1" />
        </Feature>
        """;

    public static string Entry(string uid, int year, int month, int day, string program, string list = "1550") => $"""
        <SanctionsEntry ID="{uid}" ProfileID="{uid}" ListID="{list}">
          <EntryEvent ID="{uid}" EntryEventTypeID="1" LegalBasisID="1828">
            <Comment />
            <Date CalendarTypeID="1"><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></Date>
          </EntryEvent>
          <SanctionsMeasure ID="1{uid}" SanctionsTypeID="1705"><Comment /></SanctionsMeasure>
          <SanctionsMeasure ID="2{uid}" SanctionsTypeID="1"><Comment>{program}</Comment></SanctionsMeasure>
        </SanctionsEntry>
        """;

    /// <summary>SDN.XML with the same parties.</summary>
    public static string Classic(string ns = ClassicNew, string records = "4", string more = "") => $"""
        <?xml version="1.0" standalone="yes"?>
        <sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{ns}">
          <publshInformation><Publish_Date>07/30/2026</Publish_Date><Record_Count>{records}</Record_Count></publshInformation>
          <sdnEntry><uid>36</uid><lastName>AEROCARIBBEAN AIRLINES</lastName><sdnType>Entity</sdnType><programList><program>CUBA</program></programList><akaList><aka><uid>12</uid><lastName>AERO-CARIBBEAN</lastName></aka></akaList></sdnEntry>
          <sdnEntry><uid>27307</uid><lastName>LAZARUS GROUP</lastName><sdnType>Entity</sdnType><programList><program>DPRK3</program></programList>
            <idList>{Id("ETH", Ronin)}<id><uid>1</uid><idType>Secondary sanctions risk:</idType><idNumber>North Korea Sanctions Regulations, sections 510.201 and 510.210</idNumber></id></idList></sdnEntry>
          <sdnEntry><uid>42498</uid><firstName>Hyon Sop</firstName><lastName>SIM</lastName><sdnType>Individual</sdnType><programList><program>NPWMD</program></programList>
            <idList>{Id("ARB", Shared)}{Id("BSC", Shared)}{Id("ETH", Shared)}</idList></sdnEntry>
          <sdnEntry><uid>33151</uid><lastName>SUEX OTC, S.R.O.</lastName><sdnType>Entity</sdnType><programList><program>CYBER2</program></programList><idList>{Id("XBT", Suex)}{more}</idList></sdnEntry>
        </sdnList>
        """;

    public static string Id(string ticker, string address) => $"<id><uid>50215</uid><idType>Digital Currency Address - {ticker}</idType><idNumber>{address}</idNumber></id>";

    /// <summary>SDN_ENHANCED.XML with the same parties.</summary>
    public static string Enhanced(string ns = EnhancedNew, string more = "") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <sanctionsData xmlns="{ns}">
          <publicationInfo><dataAsOf>2026-07-30T00:00:00-04:00</dataAsOf><filters><sanctionsLists><sanctionsList>SDN List</sanctionsList></sanctionsLists></filters></publicationInfo>
          <featureTypes><featureType featureTypeId="345">Digital Currency Address - ETH</featureType></featureTypes>
          <entities>
            {Entity("36", "Entity", "1986-12-10", "CUBA", "AEROCARIBBEAN AIRLINES", "")}
            {Entity("27307", "Entity", "2019-09-13", "DPRK3", "Lazarus Group", EnhancedFeature("ETH", Ronin) + "<feature id=\"9\"><type featureTypeId=\"504\">Secondary sanctions risk:</type><value>see the regulations</value></feature>")}
            {Entity("42498", "Individual", "2023-04-24", "NPWMD", "SIM, Hyon Sop", EnhancedFeature("ARB", Shared) + EnhancedFeature("BSC", Shared) + EnhancedFeature("ETH", Shared))}
            {Entity("33151", "Entity", "2021-09-21", "CYBER2", "SUEX OTC, S.R.O.", EnhancedFeature("XBT", Suex) + more)}
          </entities>
        </sanctionsData>
        """;

    public static string EnhancedFeature(string ticker, string address) =>
        $"<feature id=\"50215\"><type featureTypeId=\"999\">Digital Currency Address - {ticker}</type><versionId>1</versionId><value>{address}</value><isPrimary>true</isPrimary></feature>";

    public static string Entity(string id, string type, string published, string program, string name, string features, string list = "SDN List", string attributes = "") => $"""
        <entity id="{id}"{attributes}>
          <generalInfo><identityId>1{id}</identityId><entityType refId="600">{type}</entityType></generalInfo>
          <sanctionsLists><sanctionsList refId="1550" id="1" datePublished="{published}">{list}</sanctionsList></sanctionsLists>
          <sanctionsPrograms><sanctionsProgram refId="1" id="1">{program}</sanctionsProgram></sanctionsPrograms>
          <names>
            <name id="1"><isPrimary>false</isPrimary><translations><translation id="1"><isPrimary>true</isPrimary><formattedFullName>Another Name</formattedFullName></translation></translations></name>
            <name id="2"><isPrimary>true</isPrimary><translations>
              <translation id="2"><isPrimary>false</isPrimary><formattedFullName>Иное имя</formattedFullName></translation>
              <translation id="3"><isPrimary>true</isPrimary><formattedFullName>{name}</formattedFullName></translation></translations></name>
          </names>
          <features>{features}</features>
        </entity>
        """;

    public static Stream Stream(string text) => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
}
