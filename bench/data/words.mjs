/** What the made-up people are called, where they live and what they do. */
export const ascii = {
  first: ["Anna", "Brian", "Carol", "David", "Elena", "Frank", "Grace", "Henry", "Irene", "James"],
  last: ["Anderson", "Brown", "Clark", "Davis", "Evans", "Fischer", "Garcia", "Harris", "Novak"],
  cities: ["Austin", "Boston", "Chicago", "Denver", "San Francisco", "Salt Lake City", "Tampa"],
  titles: ["CEO", "VP Sales", "Director of Operations", "Account Executive", "Buyer", "Engineer"],
};

export const international = {
  first: ["José", "Zoë", "Łukasz", "Jürgen", "太郎", "花子", "Søren", "Chloé", "Øyvind", "Mária"],
  last: ["Müller", "García", "Łukaszewski", "山田", "佐藤", "Çelik", "Núñez", "Åström", "Dvořák"],
  cities: ["München", "Łódź", "São Paulo", "東京", "Zürich", "Kraków", "Málaga", "Göteborg"],
  titles: [
    "Geschäftsführer",
    "Directrice générale",
    "営業部長",
    "Représentante",
    "Kierownik działu",
  ],
};

/** Each word has a letter beyond ASCII, and none beyond Latin-1. */
export const accented = {
  first: ["José", "Zoë", "Jürgen", "Søren", "Chloé", "Øyvind", "Mária", "André", "Inês"],
  last: ["Müller", "García", "Núñez", "Åström", "Gonçalves", "Müller-Lüdenscheidt", "Strauß"],
  cities: ["München", "São Paulo", "Zürich", "Málaga", "Göteborg", "Montréal", "Besançon"],
  titles: ["Geschäftsführer", "Directrice générale", "Représentante", "Técnico de campo"],
};

export const emoji = ["🚀", "👩‍💻", "🎉", "⭐"];

export const departments = ["Sales", "Finance", "Operations", "Human Resources", "Engineering", ""];
export const streets = ["Main Street", "Market Street", "Oak Avenue", "Park Road", "2nd Avenue"];
export const states = ["CA", "TX", "NY", "IL", "CO", "UT", "FL", "MA"];
export const countries = ["United States", "Germany", "Canada", "Japan", "United Kingdom", ""];
export const sources = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other", ""];
export const domains = ["example.com", "example.org", "mail.example.net"];
