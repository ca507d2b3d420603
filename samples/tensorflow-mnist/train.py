"""Trains a small network on handwritten digits with TensorFlow, from its beginning or from where a checkpoint left it.

Runs in an image such as tensorflow/tensorflow:2.17.0-gpu, and needs nothing that is not in it. What it is told and
what it prints is what program.ts, its stand-in on machines without TensorFlow, is told and prints.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import struct
import sys
import tempfile
import urllib.error
import urllib.request

BATCH = 100
HIDDEN_UNITS = 64

MODEL = "model.keras"
# How far the training was.
STATE = "state.json"
# The last thing that is written: without it the folder does not count.
MARKER = ".complete"


def read_arguments(words):
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--max_steps", type=whole_number(1), default=1000)
    parser.add_argument("--data_dir", help="the folder with the four files of MNIST; left out: they are downloaded")
    parser.add_argument("--learning_rate", type=positive_number, default=0.001)
    parser.add_argument("--save_every", type=whole_number(1), default=100, help="a checkpoint after so many steps")
    parser.add_argument("--seed", type=whole_number(0), help="what the first weights derive from")
    return parser.parse_args(words)


def whole_number(least):
    def read(word):
        if word.isascii() and word.isdigit() and int(word) >= least:
            return int(word)
        raise argparse.ArgumentTypeError(f"a whole number from {least} on is wanted, not '{word}'")

    return read


def positive_number(word):
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if 0 < value < float("inf"):
        return value
    raise argparse.ArgumentTypeError(f"a number above 0 is wanted, not '{word}'")


def read_idx(path, magic, size):
    """The count and the bytes of one of MNIST's files. `size`: of one value, in each direction."""
    with gzip.open(path, "rb") as file:
        content = file.read()
    head = 4 * (2 + len(size))
    found, count, *found_size = struct.unpack(f">{2 + len(size)}I", content[:head])
    length = count
    for side in size:
        length *= side
    if found != magic or found_size != size or len(content) - head != length:
        raise ValueError(f"{path} is no file of MNIST's.")
    return count, content[head:]


def read_pair(folder, part):
    count, images = read_idx(os.path.join(folder, f"{part}-images-idx3-ubyte.gz"), 0x803, [28, 28])
    labelled, labels = read_idx(os.path.join(folder, f"{part}-labels-idx1-ubyte.gz"), 0x801, [])
    if count != labelled:
        raise ValueError(f"{folder} has {count} images of {part}, but {labelled} labels.")
    return count, images, labels


def batch_of(step, count):
    """The step alone says which digits are next, so a training that goes on meets those that it has not had."""
    start = (step * BATCH) % (count - BATCH + 1)
    return slice(start, start + BATCH)


def save_checkpoint(within, step, save_model):
    """Makes the folder `step-N`: all its files, flushed, and then the marker that vouches for them."""
    folder = os.path.join(within, f"step-{step}")
    # A program that its platform ran twice finds its own folder, marker included.
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    save_model(os.path.join(folder, MODEL))
    with open(os.path.join(folder, STATE), "w", encoding="utf-8") as file:
        json.dump({"step": step}, file)
    for name in (MODEL, STATE):
        flush(os.path.join(folder, name))
    with open(os.path.join(folder, MARKER), "wb"):
        pass
    flush(os.path.join(folder, MARKER))


def flush(path):
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def restored_step(folder):
    """After how many steps the checkpoint was saved."""
    with open(os.path.join(folder, STATE), encoding="utf-8") as file:
        return json.load(file)["step"]


def keep_output(name, content, environment):
    """Writes or uploads a file of the outputs; False where the job has none (docs/data.md)."""
    if "GPU_JOBS_OUTPUT_DIR" in environment:
        path = os.path.join(environment["GPU_JOBS_OUTPUT_DIR"], name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        return True
    if "GPU_JOBS_OUTPUT_URL" in environment:
        folder, signature = environment["GPU_JOBS_OUTPUT_URL"].split("?", 1)
        request = urllib.request.Request(
            f"{folder}/{name}?{signature}", content, {"x-ms-blob-type": "BlockBlob"}, method="PUT"
        )
        try:
            urllib.request.urlopen(request).close()
        except urllib.error.HTTPError as error:
            # The address is a secret: no error quotes it.
            raise RuntimeError(f"The upload of {name} was answered {error.code}.") from None
        return True
    return False


def train(model, digits, first, steps, save_every, on_save):
    """Runs the steps up to `steps`, of 100 digits each; tells the accuracy every 10 steps."""
    (images, labels), (test_images, test_labels) = digits
    for step in range(first, steps):
        if step % 10 == 0:
            accuracy = model.evaluate(test_images, test_labels, verbose=0, return_dict=True)["accuracy"]
            print(f"Accuracy at step {step}: {accuracy:.3f}", flush=True)
        batch = batch_of(step, len(images))
        model.train_on_batch(images[batch], labels[batch])
        if step % 100 == 99:
            print(f"Adding run metadata for {step}", flush=True)
        if (step + 1) % save_every == 0 and step + 1 < steps:
            on_save(step + 1)


def load_digits(tf, data_dir):
    if data_dir is None:
        (images, labels), (test_images, test_labels) = tf.keras.datasets.mnist.load_data()
        flat = [[images.reshape(-1, 784), labels], [test_images.reshape(-1, 784), test_labels]]
        return [(pixels.astype("float32") / 255, numbers) for pixels, numbers in flat]
    import numpy as np

    pairs = [read_pair(data_dir, part) for part in ("train", "t10k")]
    return [
        (
            np.frombuffer(images, np.uint8).reshape(count, 784).astype("float32") / 255,
            np.frombuffer(labels, np.uint8),
        )
        for count, images, labels in pairs
    ]


def new_model(tf, seed, learning_rate):
    tf.keras.utils.set_random_seed(seed)
    model = tf.keras.Sequential(
        [
            tf.keras.Input((784,)),
            tf.keras.layers.Dense(HIDDEN_UNITS, "relu"),
            tf.keras.layers.Dense(10, "softmax"),
        ]
    )
    optimizer = tf.keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def bytes_of(model):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, MODEL)
        model.save(path)
        with open(path, "rb") as file:
            return file.read()


def main():
    arguments = read_arguments(sys.argv[1:])
    # Only here, so that what needs no TensorFlow can be tested without it.
    import tensorflow as tf

    print(f"GPUs: {len(tf.config.list_physical_devices('GPU'))}", flush=True)
    digits = load_digits(tf, arguments.data_dir)
    restore_from = os.environ.get("GPU_JOBS_RESTORE_DIR")
    checkpoints = os.environ.get("GPU_JOBS_CHECKPOINT_DIR")
    if restore_from is None:
        seed = random.randrange(2**31) if arguments.seed is None else arguments.seed
        print(f"Seed {seed}", flush=True)
        first, model = 0, new_model(tf, seed, arguments.learning_rate)
    else:
        first = restored_step(restore_from)
        print(f"Going on from step {first}", flush=True)
        # With the state of its optimizer, so it goes on as if it had not stopped.
        model = tf.keras.models.load_model(os.path.join(restore_from, MODEL))

    def on_save(step):
        if checkpoints is not None:
            save_checkpoint(checkpoints, step, model.save)
            print(f"Checkpoint at step {step}", flush=True)

    train(model, digits, first, arguments.max_steps, arguments.save_every, on_save)
    if keep_output(f"model/{MODEL}", bytes_of(model), os.environ):
        print("Model saved", flush=True)


if __name__ == "__main__":
    main()
