//! The ways in which a document can arrive.

/// The document whole, byte by byte, and in two parts at every point with an empty chunk between them.
pub fn chunkings(bytes: &[u8]) -> Vec<Vec<&[u8]>> {
    let mut all = vec![vec![bytes], bytes.chunks(1).collect()];
    for point in 0..=bytes.len() {
        let (head, tail) = bytes.split_at(point);
        all.push(vec![head, &[], tail]);
    }
    all
}
