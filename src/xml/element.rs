//! A tree for documents small enough to be held whole.

/// A local name and its value.
pub(super) type Attribute = (Box<str>, Box<str>);

/// One element. Names are local names: Salesforce's documents differ in their prefixes.
///
/// A list has very many of them, so none holds room to grow in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its local name.
    pub name: Box<str>,
    /// Its attributes by local name, `xmlns` declarations left out.
    pub attributes: Box<[(Box<str>, Box<str>)]>,
    /// All text directly inside it.
    pub text: Box<str>,
    /// The elements directly inside it.
    pub children: Box<[Element]>,
}

impl Element {
    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// All children of that name.
    pub fn children_named(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(move |child| &*child.name == name)
    }

    /// The text of the first child of that name; `None` where there is none, or it is nil.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).filter(|child| !child.is_nil()).map(|child| &*child.text)
    }

    /// The first element of that name in or below this one, depth first.
    pub fn find(&self, name: &str) -> Option<&Element> {
        if &*self.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }

    /// The value of that attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(local, _)| &**local == name);
        found.map(|(_, value)| &**value)
    }

    /// Whether it says `xsi:nil="true"`.
    pub fn is_nil(&self) -> bool {
        matches!(self.attribute("nil"), Some("true" | "1"))
    }
}
