/** Contacts, as a query of 20 columns gives them. */
import { amount, id, phone, time } from "./values.mjs";
import * as words from "./words.mjs";

export const columns = [
  ...["Id", "Name", "FirstName", "LastName", "Email", "Phone", "Title", "Department"],
  ...["MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry"],
  ...["LeadSource", "CreatedDate", "LastModifiedDate", "OwnerId", "AccountId"],
  ...["IsDeleted", "Amount__c"],
];

/** The cells of a contact, in the order of the columns. */
export function cells(random, index, international) {
  const { first, last, cities, titles } = vocabulary(random, international);
  const [firstName, lastName] = [random.of(first), random.of(last)];
  return [
    id("003", index),
    `${firstName} ${lastName}`,
    firstName,
    lastName,
    `contact.${index}@${random.of(words.domains)}`,
    random.chance(0.3) ? "" : phone(random),
    title(random, titles, international),
    random.of(words.departments),
    street(random),
    random.of(cities),
    random.of(words.states),
    String(10_000 + random.below(90_000)),
    random.of(words.countries),
    random.of(words.sources),
    time(random),
    time(random),
    id("005", random.below(50)),
    id("001", random.below(5000)),
    random.chance(0.02) ? "true" : "false",
    random.chance(0.4) ? "" : String(amount(random)),
  ];
}

/** Where the data are international, every other contact is. */
function vocabulary(random, international) {
  return international && random.chance(0.5) ? words.international : words.ascii;
}

function title(random, titles, international) {
  if (random.chance(0.3)) return "";
  const plain = random.of(titles);
  if (random.chance(0.03)) return `${plain}, "interim"`;
  return international && random.chance(0.02) ? `${plain} ${random.of(words.emoji)}` : plain;
}

/** Some have two lines, some a name in quotes, some are not known. */
function street(random) {
  if (random.chance(0.1)) return "";
  const plain = `${1 + random.below(9999)} ${random.of(words.streets)}`;
  if (random.chance(0.1)) return `${plain}\nSuite ${1 + random.below(500)}`;
  return random.chance(0.05) ? `"The ${random.of(words.ascii.last)}", ${plain}` : plain;
}
