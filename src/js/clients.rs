//! What the operations of one client share, for as long as there are any.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::engine::Client;

thread_local! {
    /// By the number that JavaScript gives each client. Lost with a dead instance, and rightly so.
    static CLIENTS: RefCell<Vec<(u32, Weak<Client>)>> = RefCell::default();
}

/// What the operations of this client share.
pub(super) fn shared(client: u32) -> Rc<Client> {
    CLIENTS.with_borrow_mut(|clients| {
        clients.retain(|(_, client)| client.strong_count() > 0);
        let known = clients.iter().find(|(known, _)| *known == client);
        let known = known.and_then(|(_, client)| client.upgrade());
        known.unwrap_or_else(|| {
            let fresh = Rc::new(Client::default());
            clients.push((client, Rc::downgrade(&fresh)));
            fresh
        })
    })
}
