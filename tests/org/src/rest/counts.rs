//! How many rows the objects have: `limits/recordCount`.

use serde_json::{Value, json};

use crate::data::Object;
use crate::http::{Request, Response};
use crate::world::World;

/// Answers for the objects that are asked for, or for all that have rows.
pub fn answer(world: &World, request: &Request) -> Response {
    let asked = request.query("sObjects");
    let wanted = |object: &&Object| match &asked {
        None => true,
        Some(names) => names.split(',').any(|name| name.trim().eq_ignore_ascii_case(&object.name)),
    };
    let count = |object: &Object| {
        let rows = world.db.rows(&object.name, &[]).map_or(0, Iterator::count);
        (rows > 0).then(|| json!({ "count": rows, "name": object.name }))
    };
    let counts: Vec<Value> = world.db.objects().iter().filter(wanted).filter_map(count).collect();
    Response::json(200, &json!({ "sObjects": counts }))
}
