//! Who does what, and how.

use super::{
    Abort, Conduct, Data, Delimiter, Dice, Does, Format, Load1, Load2, LoadOperation, LoadWay,
    MOST_DELETED, Operation, OrgSetup, Query1, Query2, Reading, Setup, Soql, Way2,
};

/// The fields of the two objects, the first of which have the same names.
const CONTACT: [&[&str]; 3] = [&["LastName", "FirstName"], &["LastName", "MailingStreet"], &[]];
const LEAD: [&[&str]; 3] = [&["LastName", "FirstName"], &["Company", "LastName"], &[]];

/// Draws what is done.
pub fn operations(
    dice: &mut Dice,
    org: &OrgSetup,
    setup: &Setup,
    page_size: usize,
) -> Vec<Operation> {
    let count = *dice.pick(&[1, 1, 1, 2, 2, 3, 4]);
    let clients = if dice.percent(25) { 2 } else { 1 };
    let mut drawer = Drawer { dice, org, setup, page_size, data: Vec::new() };
    (0..count)
        .map(|_| {
            let does = drawer.does();
            let conduct = drawer.conduct();
            let dice = &mut *drawer.dice;
            let begins = if dice.percent(70) { 0 } else { dice.any_size(10_000) as u32 };
            Operation { client: dice.below(clients) as u32, begins, conduct, does }
        })
        .collect()
}

struct Drawer<'a> {
    dice: &'a mut Dice,
    org: &'a OrgSetup,
    setup: &'a Setup,
    page_size: usize,
    /// The groups of rows so far.
    data: Vec<Data>,
}

impl Drawer<'_> {
    fn does(&mut self) -> Does {
        match self.dice.below(20) {
            0..=4 => Does::Query2(self.query2()),
            5..=8 => Does::Query1(self.query1()),
            9..=13 => Does::Load2(self.load2()),
            14..=17 => Does::Load1(self.load1()),
            // No page can sign in by SOAP.
            19 if self.setup.page.is_none() => Does::SignIn,
            _ => Does::List { queries: self.dice.percent(50) },
        }
    }

    fn conduct(&mut self) -> Conduct {
        let dice = &mut *self.dice;
        let abort = dice.percent(10).then(|| match dice.percent(50) {
            true => Abort::AfterMs(dice.any_size(60_000) as u32),
            false => Abort::AfterPolls(dice.any_size(300) as u32),
        });
        Conduct {
            persistent: dice.percent(60),
            heeds_advice: dice.percent(60),
            timeout: dice.percent(15).then(|| dice.any_size(120_000) as u32),
            abort,
        }
    }

    fn soql(&mut self, limited: bool) -> Soql {
        let is_contact = self.dice.percent(60);
        let (object, fields) = if is_contact { ("Contact", CONTACT) } else { ("Lead", LEAD) };
        let there = if is_contact { self.org.contacts } else { self.org.leads };
        let limit = limited.then(|| self.dice.below(there as usize + 2) as u64);
        Soql {
            object: object.to_owned(),
            fields: self.dice.pick(&fields).iter().map(|name| (*name).to_owned()).collect(),
            limit: limit.filter(|limit| *limit > 0),
        }
    }

    fn query2(&mut self) -> Query2 {
        let limited = self.dice.percent(20);
        let soql = self.soql(limited);
        let page_size = self.page_size;
        let dice = &mut *self.dice;
        let ways = [Way2::Whole, Way2::Whole, Way2::Job, Way2::PagesByLocator, Way2::PagesByList];
        let way = *dice.pick(&ways);
        // The list of pages came with version 58.
        let old = self.setup.api_version == "57.0";
        let way = if old && way == Way2::PagesByList { Way2::Job } else { way };
        let own = dice.percent(40).then(|| page_size.max(dice.any_size(200)) as u64);
        Query2 {
            soql,
            way,
            reading: reading(dice),
            max_records: own.filter(|_| matches!(way, Way2::Whole | Way2::PagesByLocator)),
            delimiter: delimiter(dice),
            crlf: dice.percent(20),
            delete: dice.percent(40),
        }
    }

    fn query1(&mut self) -> Query1 {
        let chunked = self.dice.percent(40);
        let limited = !chunked && self.dice.percent(20);
        let soql = self.soql(limited);
        let started = self.dice.percent(50);
        let beside = (!started && self.dice.percent(25)).then(|| self.beside(&soql, chunked));
        let dice = &mut *self.dice;
        let format = *dice.pick(&[Format::Csv, Format::Json, Format::Xml]);
        let each_result = dice.percent(20);
        let several = chunked || self.org.config["resultsPerBatch"] != 1;
        let bytes = (format == Format::Csv || !several) && !each_result;
        let ids = if soql.object == "Contact" { self.org.contacts } else { self.org.leads };
        Query1 {
            format,
            started,
            chunk: chunked.then(|| chunk_size(dice, ids)),
            beside,
            reading: if bytes { reading(dice) } else { Reading::Records },
            each_result,
            soql,
        }
    }

    /// Another query of the same object: the same one chunked twice is refused.
    fn beside(&mut self, soql: &Soql, chunked: bool) -> Soql {
        let fields = vec!["LastName".to_owned()];
        let limit = (!chunked).then_some(3);
        Soql { fields, limit, ..soql.clone() }
    }

    fn data(&mut self) -> Data {
        if !self.data.is_empty() && self.dice.percent(30) {
            return *self.dice.pick(&self.data);
        }
        let operation = *self.dice.pick(&[
            LoadOperation::Insert,
            LoadOperation::Insert,
            LoadOperation::Insert,
            LoadOperation::Insert,
            LoadOperation::Upsert,
            LoadOperation::Delete,
        ]);
        let rows = self.dice.rows(200) as u32;
        let deletes = operation == LoadOperation::Delete;
        let rows = if deletes { rows.min(MOST_DELETED as u32) } else { rows };
        let bad_every = if self.dice.percent(20) { self.dice.between(1, 9) as u32 } else { 0 };
        let data = Data { operation, group: self.data.len() as u32, rows, bad_every };
        self.data.push(data);
        data
    }

    fn load2(&mut self) -> Load2 {
        let data = self.data();
        let dice = &mut *self.dice;
        let ways =
            [LoadWay::Load, LoadWay::Load, LoadWay::Steps, LoadWay::Steps, LoadWay::OneRequest];
        Load2 {
            data,
            way: *dice.pick(&ways),
            delimiter: delimiter(dice),
            crlf: dice.percent(20),
            as_rows: dice.percent(40),
            abort_job: dice.percent(10),
            delete: dice.percent(30),
        }
    }

    fn load1(&mut self) -> Load1 {
        let data = self.data();
        let dice = &mut *self.dice;
        Load1 {
            data,
            format: *dice.pick(&[Format::Csv, Format::Json, Format::Xml]),
            batches: *dice.pick(&[1, 1, 2, 3]),
            equal: dice.percent(20),
            at_once: dice.percent(50),
            serial: dice.percent(20),
            abort_job: dice.percent(10),
        }
    }
}

fn reading(dice: &mut Dice) -> Reading {
    if dice.percent(60) { Reading::Records } else { Reading::Bytes }
}

fn delimiter(dice: &mut Dice) -> Delimiter {
    if dice.percent(70) { Delimiter::Comma } else { *dice.pick(&Delimiter::ALL) }
}

/// So that there are a few chunks.
fn chunk_size(dice: &mut Dice, ids: u64) -> u32 {
    let chunks = dice.between(1, 8) as u64;
    ids.div_ceil(chunks).max(1) as u32
}
