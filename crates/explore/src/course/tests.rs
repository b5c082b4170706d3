//! The blocks of a course, seen by a backend that only notes them.

use leadlag_net::{Dataset, Part};

use super::*;

/// A block as it came: steps, whether something was shown, whether something was taught, whether it learnt.
type Noted = (usize, bool, bool, bool);

#[derive(Default)]
struct Notes(Vec<Noted>);

impl Backend for Notes {
    fn lanes(&self) -> usize {
        2
    }

    fn run(&mut self, block: &Block, learn: bool) -> Result<Score, Diagnostics> {
        let shown = block.inputs.iter().any(|value| *value != 0.0);
        self.0.push((block.steps, shown, block.is_taught(), learn));
        Ok(Score { samples: 2, ..Score::default() })
    }

    fn outputs(&mut self, _block: &Block) -> Result<Vec<f64>, Diagnostics> {
        Ok(Vec::new())
    }

    fn set_learning_rate(&mut self, _share: f64) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn remarks(&mut self) -> Value {
        Value::Null
    }

    fn save(&mut self, _progress: &Progress) -> Result<Vec<u8>, Diagnostics> {
        Ok(Vec::new())
    }

    fn restore(&mut self, _bytes: &[u8]) -> Result<Progress, Diagnostics> {
        Ok(Progress::default())
    }
}

/// The last row's count of steps.
#[derive(Default)]
struct LastRow(u64);

impl Watch for LastRow {
    fn block(&mut self, _progress: &Progress, _done: u64, _total: u64) -> bool {
        true
    }

    fn row(&mut self, progress: &Progress, _row: Map<String, Value>) -> Result<(), Diagnostics> {
        self.0 = progress.step;
        Ok(())
    }

    fn checkpoint(&mut self, _progress: &Progress, _bytes: Vec<u8>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

/// Four training samples and two of test, three steps long, two at a time.
fn blocks(gap: usize) -> (Vec<Noted>, u64, Score) {
    let part = |samples: usize| Part { x: vec![0.5; 3 * samples], y: vec![0; samples] };
    let data = Dataset::new(part(4), part(2), 3, 1).expect("a data set");
    let schedule = Schedule { gap, ..Schedule::default() };
    let mut task = TaskSource::Samples(Samples::new(data, 1).scheduled(&schedule));
    let pace = Pace { schedule, eval_every: 1, ckpt_every: 1 };
    let (mut backend, mut watch) = (Notes::default(), LastRow::default());
    let mut progress = Progress::default();
    train(&mut backend, &mut task, &pace, &mut progress, &mut watch).expect("nothing is refused");
    (backend.0, watch.0, progress.test)
}

#[test]
fn samples_follow_each_other() {
    let (noted, steps, _) = blocks(0);
    let [trained, tested] = [true, false].map(|learn| (3, true, true, learn));
    assert_eq!((noted, steps), (vec![trained, trained, tested], 9));
}

#[test]
fn a_gap_is_silent_and_counts_no_sample() {
    let (noted, steps, test) = blocks(5);
    let [trained, tested] = [true, false].map(|learn| (3, true, true, learn));
    let [learning, still] = [true, false].map(|learn| (5, false, false, learn));
    assert_eq!(noted, [trained, learning, trained, learning, tested, still]);
    assert_eq!((steps, test.samples), (24, 2));
}
